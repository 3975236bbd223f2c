# Words on the screen: menu, headings, buttons, hints.
