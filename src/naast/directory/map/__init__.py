"""Where help is: distance, and a map of the municipality and its neighbours, drawn here and from nowhere else."""
