using Hark.Screens;

if (args is not [var folder, .. var pages])
{
    Console.Error.WriteLine("Usage: dotnet run --project tools/Hark.Screens -- FOLDER [PATH ...]   (without paths: every place of the rail)");
    return 2;
}
await using var demo = await DemoProcess.StartAsync();
foreach (var file in await Shooting.RunAsync(demo, Directory.CreateDirectory(folder).FullName, pages)) Console.WriteLine(file);
return 0;
