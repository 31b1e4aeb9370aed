namespace Hark.Load.Sections;

/// <summary>Some lines of the table, measured on a store of their own.</summary>
internal interface ISection
{
    string Name { get; }

    Task RunAsync(LoadBench bench, CancellationToken cancellation);
}
