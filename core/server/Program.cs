return await Teralog.Server.Commands.CommandLine.RunAsync(args);
