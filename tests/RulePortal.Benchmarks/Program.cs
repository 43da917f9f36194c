Console.Error.WriteLine("No measure is named.");
return 2;
