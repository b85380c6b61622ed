global using PatientPortal.Kernel.Data;
global using PatientPortal.Kernel.Time;
global using Shouldly;
global using Xunit;
