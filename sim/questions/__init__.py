"""What can be asked, one folder a question: how it is answered, and its words, tables and charts."""
