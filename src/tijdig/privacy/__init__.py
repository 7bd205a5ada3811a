"""What a person may ask of the corporation, how long data is kept, and what it is processed for."""
