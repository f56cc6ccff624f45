Console.WriteLine("no benchmark");
