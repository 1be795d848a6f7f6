package io.vellamo.dashboard;

import io.vellamo.replay.JournalReplay;
import io.vellamo.replay.RowOrigin;
import io.vellamo.replay.RowReference;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The answer about the origin of a row, if data is shown and the journal can be read. */
final class RowEndpoints {
  private static final int MAX_EPOCHS = 1000;

  private final Disclosure disclosure;
  private final Supplier<JournalReplay> journal;

  RowEndpoints(Disclosure disclosure, Supplier<JournalReplay> journal) {
    this.disclosure = disclosure;
    this.journal = journal;
  }

  List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get(
            "/api/queries/{query}/rows/{row}",
            (request, names) -> origin(request, names.get(0), names.get(1))));
  }

  private HttpAnswer origin(DashboardRequest request, String query, String text) {
    disclosure.requireShown();
    int earlier = request.number("earlier", 20, MAX_EPOCHS);
    RowReference row = reference(query, text, request.query().get("operator"));
    RowOrigin origin;
    try {
      origin = BoundedAnswer.result(replay().origin(row, earlier));
    } catch (IllegalArgumentException e) {
      throw RequestException.notFound(String.valueOf(e.getMessage()));
    }
    return HttpAnswer.json(Json.tree(origin));
  }

  private static RowReference reference(String query, String text, @Nullable String operator) {
    try {
      RowReference row = RowReference.parse(query, text);
      return operator == null ? row : row.withOperator(operator);
    } catch (IllegalArgumentException e) {
      throw RequestException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private JournalReplay replay() {
    try {
      return journal.get();
    } catch (IllegalStateException e) {
      // No read journal is known; the message names the setting.
      throw RequestException.conflict(String.valueOf(e.getMessage()));
    }
  }
}
