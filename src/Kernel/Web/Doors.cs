using Microsoft.AspNetCore.Routing;

namespace PatientPortal.Kernel.Web;

/// <summary>Routes that need no sign-in: <c>/api/v1/...</c></summary>
public interface IEveryoneApi { static abstract void Map(IEndpointRouteBuilder api); }

/// <summary>Routes for anybody signed in: <c>/api/v1/...</c></summary>
public interface IMemberApi { static abstract void Map(IEndpointRouteBuilder api); }

/// <summary>Routes about one patient, for them and their proxies: <c>/api/v1/patients/{patient}/...</c></summary>
public interface IPatientApi { static abstract void Map(IEndpointRouteBuilder api); }

/// <summary>Routes of the staff: <c>/api/v1/staff/...</c>; those with {patient} open that record first.</summary>
public interface IStaffApi { static abstract void Map(IEndpointRouteBuilder api); }

/// <summary>FHIR routes for other systems: <c>/fhir/r4/...</c></summary>
public interface IAppApi { static abstract void Map(IEndpointRouteBuilder api); }
