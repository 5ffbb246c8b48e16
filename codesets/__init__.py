"""What codes exist on a date of service, their words and their relations."""
