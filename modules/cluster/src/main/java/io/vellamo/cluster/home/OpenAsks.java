package io.vellamo.cluster.home;

import io.vellamo.actors.query.UserRequest;
import io.vellamo.engine.protocol.query.QueryRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The requests of a handle's users that the home has not answered. */
final class OpenAsks {
  private static final class Open {
    private final UserRequest<?> user;
    private final QueryRequest request;
    private final List<byte[]> parts = new ArrayList<>();

    Open(UserRequest<?> user, QueryRequest request) {
      this.user = user;
      this.request = request;
    }
  }

  private final UUID handle;
  private final AnswerForms forms;
  private final SortedMap<Long, Open> open = new TreeMap<>();
  private long lastId;

  /**
   * Creates an instance without requests.
   *
   * @param handle identifies the handle
   * @param forms reads the answers
   */
  OpenAsks(UUID handle, AnswerForms forms) {
    this.handle = handle;
    this.forms = forms;
  }

  /** Takes users' requests, and returns them as messages to the home. */
  List<HomeCommand.Ask> take(List<UserRequest<?>> requests) {
    List<HomeCommand.Ask> asks = new ArrayList<>();
    for (UserRequest<?> user : requests) {
      lastId++;
      QueryRequest request = user.request().apply(lastId);
      open.put(lastId, new Open(user, request));
      asks.add(ask(request));
    }
    return asks;
  }

  /** Returns all unanswered requests. */
  List<HomeCommand.Ask> all() {
    return open.values().stream().map(each -> ask(each.request)).toList();
  }

  private HomeCommand.Ask ask(QueryRequest request) {
    return new HomeCommand.Ask(handle, open.firstKey(), request);
  }

  /** Takes a part of an answer; the user gets it once all parts are here. */
  void answered(HandleCommand.Answered answer) {
    Open asked = open.get(answer.id());
    if (asked == null) {
      return;
    }
    if (answer.part() == 0) {
      asked.parts.clear();
    }
    if (answer.part() != asked.parts.size()) {
      return; // A part was lost; the answer is requested again.
    }
    asked.parts.add(answer.bytes());
    if (answer.isLast()) {
      open.remove(answer.id());
      asked.user.complete(forms.read(asked.request, asked.parts));
    }
  }
}
