"""What industry asks for: postings, surveys, official figures and the words that find abilities in them."""
