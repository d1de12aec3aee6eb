"""What an employer's own history says of who leaves, beside what studies say."""
