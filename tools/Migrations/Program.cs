using PatientPortal.Host.Hosting;

// Never run by people: `dotnet ef` starts it to learn the contexts.
var builder = WebApplication.CreateBuilder(args);
builder.AddPortal();
builder.Build();
