"""What people see and press: messages with their buttons."""
