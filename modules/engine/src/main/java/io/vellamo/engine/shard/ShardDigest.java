package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.shard.ParkRequest.Kind;
import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.SlotEntry;
import io.vellamo.engine.variable.SlotView;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a shard. Two shards with the same last epoch, the same groups with the same states
 * and timeouts, and the same parked groups with the same requests and events have the same digest,
 * independently of the order in which the groups were added.
 *
 * <p>The hash consists of two 64-bit halves, each the sum of hashes over all groups. It detects
 * errors, but does not protect against deliberate collisions.
 *
 * @param lastEpoch the last epoch that changed the shard
 * @param groups the number of its groups
 * @param high one half of the hash
 * @param low the other half
 */
public record ShardDigest(long lastEpoch, long groups, long high, long low) {
  private static final long HIGH_SEED = 0x9e3779b97f4a7c15L;
  private static final long LOW_SEED = 0xc2b2ae3d27d4eb4fL;
  private static final long PRIME = 0x100000001b3L;

  /**
   * Returns the digest of a shard.
   *
   * <p><b>Cost</b> Reads every key and state once.
   */
  public static ShardDigest of(ShardLedger ledger) {
    long high = 0;
    long low = 0;
    for (Map.Entry<GroupKey, GroupEntry> group : ledger.groups().entrySet()) {
      high += hash(HIGH_SEED, group.getKey(), group.getValue());
      low += hash(LOW_SEED, group.getKey(), group.getValue());
    }
    for (ParkedEntry parked : ledger.parked().all()) {
      high += hash(HIGH_SEED, parked);
      low += hash(LOW_SEED, parked);
    }
    return new ShardDigest(ledger.lastEpoch(), ledger.groups().size(), high, low);
  }

  private static long hash(long seed, ParkedEntry parked) {
    ParkRequest request = parked.reason().request();
    long hash = add(add(seed, parked.key().bytes()), parked.reason().sinceEpoch());
    hash = add(hash, request == null ? -1 : request.afterEpoch());
    hash = add(hash, request != null && request.kind() == Kind.RELEASE ? 1 : 0);
    hash = add(add(hash, parked.reason().error()), parked.reason().message());
    hash = add(hash, parked.reason().lateWatermark().hashCode());
    for (ParkedEvent event : parked.events()) {
      hash = add(add(hash, event.origin().offset()), event.event().bytes());
    }
    return hash;
  }

  private static long hash(long seed, GroupKey key, GroupEntry entry) {
    long hash = add(seed, key.bytes());
    byte[] state = entry.state();
    hash = state == null ? add(hash, -1) : add(hash, state);
    GroupVariables variables = entry.keptVariables();
    if (variables != null) {
      hash = add(hash, variables);
    }
    Long timeoutMillis = entry.timeoutMillis();
    return timeoutMillis == null ? add(hash, -1) : add(add(hash, 1), timeoutMillis);
  }

  /** Adds all entries in their order; their numbers may differ after a recovery. */
  private static long add(long hash, GroupVariables variables) {
    variables.settle();
    long sum = hash;
    for (int number = 0; number < variables.end(); number++) {
      SlotView slot = variables.slot(number);
      if (slot != null) {
        sum = add(add(sum, number), slot.size());
        for (Iterator<SlotEntry> entries = slot.entries(); entries.hasNext(); ) {
          SlotEntry entry = entries.next();
          sum = add(add(add(sum, entry.key().bytes()), entry.value()), entry.dueMillis());
        }
      }
    }
    return sum;
  }

  /** Adds the length first: otherwise the boundary between a key and a state would be ambiguous. */
  private static long add(long hash, byte[] bytes) {
    long sum = add(hash, bytes.length);
    for (byte b : bytes) {
      sum = (sum ^ (b & 0xff)) * PRIME;
    }
    return mix(sum);
  }

  private static long add(long hash, @Nullable String text) {
    if (text == null) {
      return add(hash, -1);
    }
    long sum = hash;
    for (int i = 0; i < text.length(); i++) {
      sum = (sum ^ text.charAt(i)) * PRIME;
    }
    return mix(sum);
  }

  private static long add(long hash, long value) {
    return mix(hash * 31 + value);
  }

  /** Applies the finisher of SplitMix64, as {@link GroupKey} does. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
