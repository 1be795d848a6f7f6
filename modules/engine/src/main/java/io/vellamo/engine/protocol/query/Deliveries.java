package io.vellamo.engine.protocol.query;

import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.ShardRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests to shards that have no answer yet. Each is sent again, at growing intervals, until
 * it is answered: a network may lose the request or the reply, and a shard that moves loses what it
 * has not handled.
 *
 * <p>Requests may therefore arrive twice, late, and in another order; {@code ShardMachine} and
 * {@code QueryMachine} ignore what is out of date.
 *
 * <p><b>Time</b> By the elapsed time that the caller passes.
 *
 * <p><b>Threading</b> Used by one thread at a time.
 *
 * <p><b>Cost</b> Memory of the requests; each method takes time proportional to their number.
 */
public final class Deliveries {
  /**
   * A request that is sent again.
   *
   * @param shard the shard's number among all shards of the query
   * @param request the request
   */
  public record Due(int shard, ShardRequest request) {}

  /** The kinds of requests. Those of one kind to one shard replace each other, unless numbered. */
  private enum Kind {
    OPEN,
    /** An epoch, or the next page of its result. */
    EPOCH,
    ROWS,
    PARKED,
    PARKS,
    GROUPS,
    DIGEST
  }

  /** The place of a request among those to its shard; the number is 0 for kinds without one. */
  private record Place(int shard, Kind kind, long number) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingInt(Place::shard)
            .thenComparing(Place::kind)
            .thenComparingLong(Place::number);

    static Place of(int shard, ShardRequest request) {
      if (request instanceof ShardRequest.Open) {
        return new Place(shard, Kind.OPEN, 0);
      } else if (fenceOfEpoch(request) != null) {
        return new Place(shard, Kind.EPOCH, 0);
      } else if (request instanceof ShardRequest.SendRows) {
        return new Place(shard, Kind.ROWS, 0);
      } else if (request instanceof ShardRequest.ListParked list) {
        return new Place(shard, Kind.PARKED, list.fence().attempt());
      } else if (request instanceof ShardRequest.RequestParks parks) {
        return new Place(shard, Kind.PARKS, parks.fence().attempt());
      } else if (request instanceof ShardRequest.ReadGroups read) {
        return new Place(shard, Kind.GROUPS, read.fence().attempt());
      } else if (request instanceof ShardRequest.Digest digest) {
        return new Place(shard, Kind.DIGEST, digest.id());
      }
      throw new AssertionError("unhandled " + request.getClass());
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** A request, when it is sent again, and the interval after that. */
  private record Delivery(ShardRequest request, long dueMillis, long nextMillis) {}

  private final long firstMillis;
  private final long mostMillis;
  private final Map<Place, Delivery> pending = new TreeMap<>();

  /**
   * Creates deliveries without requests.
   *
   * @param firstMillis the time until a request is sent again for the first time; each further
   *     interval is twice the preceding one
   * @param mostMillis the longest interval
   */
  public Deliveries(long firstMillis, long mostMillis) {
    if (firstMillis <= 0) {
      throw new IllegalArgumentException(
          "firstMillis must be positive, was [%d]".formatted(firstMillis));
    }
    if (mostMillis < firstMillis) {
      throw new IllegalArgumentException(
          "mostMillis must not be less than firstMillis [%d], was [%d]"
              .formatted(firstMillis, mostMillis));
    }
    this.firstMillis = firstMillis;
    this.mostMillis = mostMillis;
  }

  /**
   * Notes that a request is sent. It replaces the one to open the shard, or to run an epoch, that
   * it makes pointless; a request to run an epoch also replaces those of earlier attempts and
   * epochs to other shards. One for groups, or for a digest, replaces only itself.
   */
  public void sent(int shard, ShardRequest request, long nowMillis) {
    if (request instanceof ShardRequest.RunEpoch run) {
      Fence latest = run.fence();
      pending.values().removeIf(each -> isOvertaken(each.request(), latest));
    }
    pending.put(
        Place.of(shard, request),
        new Delivery(request, nowMillis + firstMillis, Math.min(2 * firstMillis, mostMillis)));
  }

  private static boolean isOvertaken(ShardRequest earlier, Fence latest) {
    Fence fence = fenceOfEpoch(earlier);
    return fence != null
        && (fence.incarnation() < latest.incarnation() || fence.isOvertakenBy(latest));
  }

  /** Forgets the request that a reply answers, if it is pending. */
  public void replied(ShardReply reply) {
    int shard = reply.shard();
    if (reply instanceof ShardReply.Opened opened) {
      answered(shard, Kind.OPEN, opened.incarnation());
    } else if (reply instanceof ShardReply.Page page) {
      pageArrived(page);
    } else if (reply instanceof ShardReply.Done || reply instanceof ShardReply.NotOpened) {
      fenceAnswered(shard, reply.fence());
    } else if (reply instanceof ShardReply.Failed failed) {
      failed(failed);
    } else if (reply instanceof ShardReply.Parked
        || reply instanceof ShardReply.ParksRequested
        || reply instanceof ShardReply.GroupsRead) {
      fenceAnswered(shard, reply.fence());
    } else if (reply instanceof ShardReply.Digested digested) {
      pending.remove(new Place(shard, Kind.DIGEST, digested.id()));
    } else {
      throw new AssertionError("unhandled " + reply.getClass());
    }
  }

  private void answered(int shard, Kind kind, long incarnation) {
    Place place = new Place(shard, kind, 0);
    Delivery delivery = pending.get(place);
    if (delivery != null
        && delivery.request() instanceof ShardRequest.Open open
        && open.incarnation() == incarnation) {
      pending.remove(place);
    }
  }

  /** A page that arrives twice does not answer the request for the page after it. */
  private void pageArrived(ShardReply.Page page) {
    Place place = new Place(page.shard(), Kind.EPOCH, 0);
    Delivery delivery = pending.get(place);
    if (delivery == null || !page.fence().equals(fenceOfEpoch(delivery.request()))) {
      return;
    }
    int awaited = delivery.request() instanceof ShardRequest.NextPage next ? next.number() : 0;
    if (page.number() == awaited) {
      pending.remove(place);
    }
  }

  private void fenceAnswered(int shard, @Nullable Fence fence) {
    pending
        .entrySet()
        .removeIf(
            each ->
                each.getKey().shard() == shard
                    && fence != null
                    && fence.equals(each.getValue().request().fence()));
  }

  private void failed(ShardReply.Failed reply) {
    if (reply.fence() == null) {
      pending.remove(new Place(reply.shard(), Kind.OPEN, 0));
    } else {
      fenceAnswered(reply.shard(), reply.fence());
    }
  }

  private static @Nullable Fence fenceOfEpoch(ShardRequest request) {
    boolean isOfEpoch =
        request instanceof ShardRequest.RunEpoch || request instanceof ShardRequest.NextPage;
    return isOfEpoch ? request.fence() : null;
  }

  /**
   * Returns the requests that are to be sent again now, in the order of their shards, and counts
   * them as sent.
   */
  public List<Due> due(long nowMillis) {
    List<Due> due = new ArrayList<>();
    for (Map.Entry<Place, Delivery> each : pending.entrySet()) {
      Delivery delivery = each.getValue();
      if (delivery.dueMillis() <= nowMillis) {
        due.add(new Due(each.getKey().shard(), delivery.request()));
        long interval = delivery.nextMillis();
        each.setValue(
            new Delivery(
                delivery.request(), nowMillis + interval, Math.min(2 * interval, mostMillis)));
      }
    }
    return due;
  }

  /** Returns when the next request is to be sent again; nothing if none is pending. */
  public OptionalLong nextMillis() {
    return pending.values().stream().mapToLong(Delivery::dueMillis).min();
  }

  /** Forgets all requests to a shard. */
  public void forget(int shard) {
    pending.keySet().removeIf(place -> place.shard() == shard);
  }

  /** Forgets requests to run an attempt that is discarded: its events are no longer there. */
  public void discarded(long epoch, long attempt) {
    pending
        .values()
        .removeIf(
            each -> {
              Fence fence = fenceOfEpoch(each.request());
              return fence != null && fence.epoch() == epoch && fence.attempt() == attempt;
            });
  }
}
