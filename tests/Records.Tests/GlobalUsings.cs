global using System.Net;
global using System.Net.Http.Json;
global using System.Text;
global using System.Text.Json;
global using Microsoft.EntityFrameworkCore;
global using Microsoft.Extensions.DependencyInjection;
global using PatientPortal.Interop.Contracts;
global using PatientPortal.Records.Data;
global using PatientPortal.Records.Domain;
global using PatientPortal.Testing;
global using Shouldly;
global using Xunit;

// One portal serves all tests of the assembly: each works on resources of its own. Those that set the clock take an app of their own.
[assembly: AssemblyFixture(typeof(PatientPortal.Testing.PortalApp))]
