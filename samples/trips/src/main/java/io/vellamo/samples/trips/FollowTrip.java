package io.vellamo.samples.trips;

import io.vellamo.api.group.FlatMapGroupsWithStateFunction;
import io.vellamo.api.group.GroupState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A function that follows a vehicle and emits each trip when it has ended: when the vehicle has not
 * reported its position for a while. Kafka keeps the positions of a vehicle in order, as they have
 * the same key.
 */
final class FollowTrip implements FlatMapGroupsWithStateFunction<String, Position, OpenTrip, Trip> {
  private final Duration gap;

  FollowTrip(Duration gap) {
    this.gap = gap;
  }

  @Override
  public Iterator<Trip> call(
      String vehicle, Iterator<Position> positions, GroupState<OpenTrip> state) {
    List<Trip> ended = new ArrayList<>();
    if (state.hasTimedOut()) {
      ended.add(state.get().ended(vehicle));
      state.remove();
      return ended.iterator();
    }
    while (positions.hasNext()) {
      Position position = positions.next();
      OpenTrip trip = state.optional().orElse(null);
      if (trip != null && trip.lastTime().plus(gap).isBefore(position.time())) {
        ended.add(trip.ended(vehicle));
        trip = null;
      }
      state.update(trip == null ? OpenTrip.of(position) : trip.with(position));
    }
    state.setTimeoutTimestamp(state.get().lastTime(), gap);
    return ended.iterator();
  }
}
