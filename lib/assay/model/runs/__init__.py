"""What a tracking store holds, which runs are meant, and the answers about them."""
