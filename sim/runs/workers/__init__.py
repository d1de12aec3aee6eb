"""Who does the work: this process, others on this machine, a Dask cluster, or a process apart from all others."""
