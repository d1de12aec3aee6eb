"""What the pages that ask for many runs share: the forms, what stands in the address, how far a study is."""
