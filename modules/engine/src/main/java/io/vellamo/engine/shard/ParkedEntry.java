package io.vellamo.engine.shard;

import io.vellamo.engine.group.GroupKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group that is no longer called because its function threw, with the reason and its pending
 * events.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> Memory of all pending events, serialized.
 */
public final class ParkedEntry {
  private final List<ParkedEvent> events = new ArrayList<>();
  private ParkChange.Parked reason;
  private long eventBytes;

  ParkedEntry(ParkChange.Parked reason) {
    this.reason = reason;
  }

  void parkedAgain(ParkChange.Parked newReason) {
    reason = newReason;
  }

  void requested(ParkRequest request) {
    reason = reason.requested(request);
  }

  /** Adds the events that are not yet present. */
  void add(ParkChange.Waiting more) {
    if (more.first() > events.size()) {
      return;
    }
    int known = (int) Math.min(events.size() - more.first(), more.events().size());
    List<ParkedEvent> unknown = more.events().subList(known, more.events().size());
    events.addAll(unknown);
    unknown.forEach(event -> eventBytes += event.size());
  }

  /** Returns the group. */
  public GroupKey key() {
    return reason.key();
  }

  /** Returns the reason for parking, and the pending request if there is one. */
  public ParkChange.Parked reason() {
    return reason;
  }

  /** Returns an unmodifiable view of the pending events, in order. */
  public List<ParkedEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** Returns the requested action for the given epoch; null if there is none. */
  ParkRequest.@Nullable Kind requestedIn(long epoch) {
    ParkRequest request = reason.request();
    return request == null || epoch <= request.afterEpoch() ? null : request.kind();
  }

  /** Returns the approximate size in the journal. */
  long size() {
    return reason.size() + eventBytes;
  }
}
