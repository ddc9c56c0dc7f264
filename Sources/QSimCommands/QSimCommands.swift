// QSimCommands
