"""What numbers mean: intervals, pass@k, what missing trials could change. Pure: arrays in, arrays out;
NumPy and scipy.special only. Refuses to know files, models and money's name."""
