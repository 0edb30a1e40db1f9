"""Pure statistics: arrays, frames and model values in, model values out; no I/O, no clock, no global generator."""
