import tkinter

tkinter.mainloop()
