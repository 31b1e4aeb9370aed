using Hark.Data.Workspaces;
using Hark.Domain.Workspaces;
using Xunit;

namespace Hark.Data.Tests.Workspaces;

public sealed class KeyTextTests
{
    [Theory]
    [InlineData(KeyScope.Send, "hark_sk_")]
    [InlineData(KeyScope.Read, "hark_pt_")]
    [InlineData(KeyScope.Admin, "hark_pt_")]
    public void A_key_says_its_kind_and_no_two_are_alike(KeyScope scope, string prefix)
    {
        var keys = Enumerable.Range(0, 200).Select(_ => KeyText.Create(scope)).ToList();
        Assert.All(keys, k => Assert.Matches($"^{prefix}[0-9A-Za-z]{{43}}$", k));
        Assert.All(keys, k => Assert.True(KeyText.LooksRight(k)));
        Assert.Equal(200, keys.Distinct().Count());
        Assert.Equal(32, KeyText.Hash(keys[0]).Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hark_sk_")]
    [InlineData("hark_xx_0000000000000000000000000000000000000000000")]
    public void Anything_else_is_not_looked_up(string text) => Assert.False(KeyText.LooksRight(text));
}
