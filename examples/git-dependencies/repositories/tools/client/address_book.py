PEOPLE = ("Ada", "Grace")
