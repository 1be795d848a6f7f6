package io.vellamo.cluster.home;

import io.vellamo.engine.protocol.query.QueryRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Users' requests of all handles to a query. An answer is kept until the handle no longer asks for
 * it, so that a request that arrives twice is carried out once.
 */
final class HomeRequests {
  /**
   * A request.
   *
   * @param handle the user's handle
   * @param request the request, with the handle's id of it
   */
  record Pending(UUID handle, QueryRequest request) {}

  private static final class Entry {
    private final QueryRequest request;
    // Set when the coordinator has answered.
    private @Nullable List<HandleCommand.Answered> answer;

    Entry(QueryRequest request) {
      this.request = request;
    }
  }

  private final Map<UUID, SortedMap<Long, Entry>> byHandle = new HashMap<>();

  /** Takes a request; returns whether it is new and has to be passed on. */
  boolean take(HomeCommand.Ask ask) {
    SortedMap<Long, Entry> open = byHandle.computeIfAbsent(ask.handle(), id -> new TreeMap<>());
    open.headMap(ask.lowest()).clear();
    return open.putIfAbsent(ask.request().id(), new Entry(ask.request())) == null;
  }

  /** Returns the answer to a request that has been answered; none otherwise. */
  List<HandleCommand.Answered> answer(UUID handle, long id) {
    Entry entry = entry(handle, id);
    List<HandleCommand.Answered> known = entry == null ? null : entry.answer;
    return known == null ? List.of() : known;
  }

  /** Returns a request, or null if its handle no longer waits for it. */
  @Nullable QueryRequest request(UUID handle, long id) {
    Entry entry = entry(handle, id);
    return entry == null ? null : entry.request;
  }

  private @Nullable Entry entry(UUID handle, long id) {
    SortedMap<Long, Entry> open = byHandle.get(handle);
    return open == null ? null : open.get(id);
  }

  /** Takes the answer to a request. */
  void answered(UUID handle, long id, List<HandleCommand.Answered> answer) {
    Entry entry = entry(handle, id);
    if (entry != null) {
      entry.answer = answer;
    }
  }

  /** Returns the requests without an answer, which a coordinator that starts has to be asked. */
  List<Pending> pending() {
    List<Pending> all = new ArrayList<>();
    byHandle.forEach(
        (handle, open) ->
            open.values().stream()
                .filter(entry -> entry.answer == null)
                .forEach(entry -> all.add(new Pending(handle, entry.request))));
    return all;
  }

  /** Forgets the requests of a handle. */
  void remove(UUID handle) {
    byHandle.remove(handle);
  }

  /** Forgets all requests. */
  void clear() {
    byHandle.clear();
  }
}
