package io.vellamo.engine.protocol.query;

import io.vellamo.api.query.HotKeys;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.protocol.HotGroup;
import io.vellamo.engine.protocol.Now;
import io.vellamo.engine.protocol.ShardReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reports of each operator's groups with the largest shares of events and of the function's
 * time.
 *
 * <p>Shards report only groups with a part of their work above a bound, and of these only groups
 * with such a part of the epoch's work are added to the sketches. So a sketch gets few groups in an
 * epoch, and of a group at most that part of everything is left out for each of the two bounds.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Time</b> Elapsed time, as an argument.
 */
final class HotKeyReports {
  private static final long PERIOD_MILLIS = 60_000;
  private static final long INTERVAL_MILLIS = 1_000;
  private static final int LONGEST = 200;
  private static final long MICROSECOND = 1_000;

  private final QuerySetup setup;
  private final int shards;
  private final int most;
  private final int capacity;
  private final List<HotGroups> events = new ArrayList<>();
  private final List<HotGroups> times = new ArrayList<>();
  // Null before the first epoch.
  private @Nullable Now began;
  private Instant precedingBegan = Instant.EPOCH;
  private @Nullable Long reportedMillis;

  HotKeyReports(QuerySetup setup, int shards) {
    this.setup = setup;
    this.shards = shards;
    this.most = setup.hotKeys().count();
    this.capacity = HotKeyOptions.capacity(most);
    for (int operator = 0; operator < setup.operators(); operator++) {
      events.add(new HotGroups(capacity));
      times.add(new HotGroups(capacity));
    }
  }

  /** Takes the replies of an epoch's shards; returns news, or null if there are none yet. */
  QueryNews.@Nullable HotKeysFound take(RunningEpoch epoch, Now now) {
    if (most == 0 || setup.operators() == 0) {
      return null;
    }
    beginPeriods(now);
    for (int operator = 0; operator < setup.operators(); operator++) {
      take(operator, epoch);
    }
    Long last = reportedMillis;
    if (last != null && now.monotonicMillis() - last < INTERVAL_MILLIS) {
      return null;
    }
    reportedMillis = now.monotonicMillis();
    return new QueryNews.HotKeysFound(reports());
  }

  private void beginPeriods(Now now) {
    Now since = began;
    if (since == null) {
      began = now;
      precedingBegan = Instant.ofEpochMilli(now.wallMillis());
    } else if (now.monotonicMillis() - since.monotonicMillis() >= PERIOD_MILLIS) {
      precedingBegan = Instant.ofEpochMilli(since.wallMillis());
      began = now;
      events.forEach(HotGroups::nextPeriod);
      times.forEach(HotGroups::nextPeriod);
    }
  }

  private void take(int operator, RunningEpoch epoch) {
    long allEvents = epoch.inputs(operator);
    long allNanos = 0;
    Iterable<ShardReply.Done> replies = epoch.replies(operator * shards, (operator + 1) * shards);
    for (ShardReply.Done reply : replies) {
      allNanos += reply.work().functionNanos();
    }
    events.get(operator).addTotal(allEvents);
    times.get(operator).addTotal(allNanos);
    long fewEvents = allEvents / capacity;
    long fewNanos = allNanos / capacity;
    for (ShardReply.Done reply : replies) {
      for (HotGroup group : reply.work().hot()) {
        if (group.events() > fewEvents) {
          events.get(operator).add(group.key(), group.events());
        }
        if (group.nanos() > fewNanos) {
          times.get(operator).add(group.key(), group.nanos());
        }
      }
    }
  }

  private List<HotKeys> reports() {
    List<HotKeys> all = new ArrayList<>();
    for (int index = 0; index < setup.operators(); index++) {
      int operator = index;
      all.add(
          new HotKeys(
              setup.operatorName(operator),
              precedingBegan,
              events.get(operator).largest(most, key -> text(operator, key), 1),
              times.get(operator).largest(most, key -> text(operator, key), MICROSECOND)));
    }
    return all;
  }

  private String text(int operator, GroupKey key) {
    String text;
    try {
      text = Failures.text(setup.hotKeys().keys().get(operator).read(key));
    } catch (RuntimeException e) {
      // The layout of the key may be known only to its shard.
      text = key.toString();
    }
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }
}
