// SPDX-License-Identifier: Apache-2.0

namespace Ipsec.Ike.V1.Sessions;

/// <summary>
/// Says whether one more error may be notified: a number in a row, then one an interval. Without it a stream of bad
/// datagrams would be answered by as long a stream of notifications.
/// </summary>
internal sealed class NotificationBudget(IkeV1Limits limits)
{
    private int _left = limits.ErrorNotifications;
    private DateTimeOffset _countedFrom = DateTimeOffset.MinValue;

    public bool TryTake(DateTimeOffset now)
    {
        var earned = (now - _countedFrom) / limits.ErrorNotificationInterval;
        if (_left + earned >= limits.ErrorNotifications)
        {
            (_left, _countedFrom) = (limits.ErrorNotifications, now);
        }
        else if (earned >= 1)
        {
            _left += (int)earned;
            _countedFrom += limits.ErrorNotificationInterval * (int)earned;
        }

        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }
}
