Console.WriteLine("teralog");
return 0;
