pip install -r extra.txt
