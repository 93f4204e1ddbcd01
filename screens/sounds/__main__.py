from screens.sounds import write

write()
