namespace Hark.Domain.Statistics.Purchases;

/// <summary>One customer's purchases in any unit of time, from the first one on.</summary>
/// <param name="Repeats">x: purchases after the first.</param>
/// <param name="Last">t_x: time of the last one since the first; 0 when there was only one.</param>
/// <param name="Watched">T: time since the first purchase.</param>
public readonly record struct PurchaseHistory(int Repeats, double Last, double Watched);
