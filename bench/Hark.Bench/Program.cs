using BenchmarkDotNet.Running;
using Hark.Bench;

// --check-allocations compares allocated bytes with allocations.json; --store-allocations FILE writes them; anything else goes to BenchmarkDotNet.
return args switch
{
    ["--check-allocations", ..] => AllocationCheck.Compare(args is [_, "--strict"]),
    ["--store-allocations", var file] => AllocationCheck.Store(file),
    _ => BenchmarkSwitcher.FromAssembly(typeof(AllocationCheck).Assembly).Run(args, BenchConfig.Times).Any() ? 0 : 1,
};
