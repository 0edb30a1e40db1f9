"""What has been run? Lists, one run, and which filter finds which runs."""
