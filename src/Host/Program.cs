using PatientPortal.Kernel.Modules;
using PatientPortal.Host.Commands;
using PatientPortal.Host.Hosting;

// `dotnet run --project src/Host` serves; `-- import FILE`, `-- backup FILE` and the others do one thing and end.
if (Command.Named(args) is { } command) return await command.Run();

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddPortal();
    var app = builder.Build();
    app.UsePortal();
    app.WarmUp();
    await app.PreparePortal();
    await app.RunAsync();
    return 0;
}
catch (CannotStart e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
