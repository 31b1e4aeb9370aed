using Hark.Screens;

if (args is not [var folder])
{
    Console.Error.WriteLine("Usage: dotnet run --project tools/Hark.Screens -- FOLDER");
    return 2;
}
await using var demo = await DemoProcess.StartAsync();
foreach (var file in await Shooting.RunAsync(demo, Directory.CreateDirectory(folder).FullName)) Console.WriteLine(file);
return 0;
