namespace Hark.Web.Features.Demo.Company;

/// <summary>
/// What is hidden in the sample history, to be found by looking. The numbers are what the generator uses; <c>docs/demo.md</c> tells the same to people.
/// </summary>
internal static class Story
{
    public const int Days = 90;

    /// <summary>Story 1: from this day on the courier that brings most parcels to one region delivers late; the other one there does not.</summary>
    public const int BadCourierFromDay = -35;
    public const string BadCourier = "balkan-trans", BadRegion = "varna";

    /// <summary>Story 2: the checkout was made simpler on this day.</summary>
    public const int CheckoutFromDay = -21;

    /// <summary>Story 3: one article runs small, all the time.</summary>
    public const string SmallSku = "BOOT-220";

    /// <summary>Story 4: one store whose people are loved.</summary>
    public const string LovedStore = "store-4";

    /// <summary>Story 5: an account that stops using the portal some weeks before its renewal.</summary>
    public const string RiskyAccount = "a-1007";
    public const int RiskyFromDay = -42, RiskyRenewsInDays = 24;

    /// <summary>Story 6: from this day on several colleagues are ill, so work piles up.</summary>
    public const double IllFromDay = -6;

    /// <summary>Story 7: since two days ago card payments of some orders are taken twice; the worst problem of the week.</summary>
    public const double PaidTwiceFromDay = -2;
    public const string PaidTwice = "paid_twice";
}
