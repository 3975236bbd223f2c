# Text messages. Those in Latin letters have keys sms-latin-….
