package io.vellamo.replay;

import io.vellamo.api.sink.RowId;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.persistence.codec.JsonForms;
import io.vellamo.replay.RowOrigin.Events;
import io.vellamo.replay.RowSearch.Found;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The search for the origins of rows, which reads the row's shard twice. */
record RowOrigins(JournalReader reader, int entryLimit) {
  /** A row's place in a query's journal. */
  private record Place(QueryAccess query, RowId id, int shard) {
    JsonForms forms() {
      return query.forms();
    }
  }

  CompletionStage<RowOrigin> find(RowReference row, int earlier) {
    if (earlier < 0) {
      throw new IllegalArgumentException(
          "earlier must not be negative, was [%d]".formatted(earlier));
    }
    RowId id = row.id();
    return QueryAccess.of(id.query(), reader, id.epoch())
        .thenCompose(
            query -> {
              Place place = new Place(query, id, shardOf(query, row));
              RowSearch search = new RowSearch(id, place.shard);
              return reader
                  .shard(query.idOf(place.shard), search)
                  .thenCompose(done -> follow(place, search.found(), earlier));
            });
  }

  private CompletionStage<RowOrigin> follow(Place place, Found found, int earlier) {
    HistoryWalk history =
        new HistoryWalk(
            place.query,
            place.shard,
            found.key(),
            entryLimit,
            // The last one is that of the row.
            Math.addExact(Math.min(earlier, Integer.MAX_VALUE - 1), 1));
    OriginWalk walk = new OriginWalk(place.id.epoch(), history);
    return reader
        .shard(place.query.idOf(place.shard), walk)
        .thenApply(done -> origin(place, found, walk));
  }

  private RowOrigin origin(Place place, Found found, OriginWalk walk) {
    GroupHistory history = walk.history();
    List<GroupEpoch> epochs = new ArrayList<>(history.epochs());
    GroupEpoch effect = epochs.remove(epochs.size() - 1);
    Collections.reverse(epochs);
    EpochOutline outline = place.query.scan().watchedOutline();
    Events events = events(outline, effect, walk);
    List<DueTime> due =
        new DueTimes(outline, place.query.scan().created().operatorOf(place.shard))
            .of(walk, effect);
    return new RowOrigin(
        place.id,
        history.operator(),
        history.key(),
        place.forms().ofValues(List.of(found.row())).get(0),
        found.row().eventTime(),
        found.shardRows(),
        outline,
        walk.before(),
        walk.after(),
        events,
        due,
        effect,
        new OriginText(outline, events, due).sentences(walk.before(), effect),
        history.epochCount() - 1,
        epochs);
  }

  private static Events events(EpochOutline outline, GroupEpoch effect, OriginWalk walk) {
    if (effect.inputs() != null) {
      return Events.RECORDED;
    }
    boolean hadNone = outline.events() != null && outline.events().input() == 0;
    // Not even a run that records inputs records those of a first epoch with initial states.
    return hadNone || (walk.isRecording() && outline.epoch() > 1)
        ? Events.NONE
        : Events.NOT_RECORDED;
  }

  /** Returns the shard of a row, after a check that the journal may hold the row. */
  private static int shardOf(QueryAccess query, RowReference row) {
    RowId id = row.id();
    QueryCreated created = query.scan().created();
    if (row.queryId() != null && !row.queryId().equals(created.id())) {
      throw new IllegalArgumentException(
          "row must be of the query in this journal, whose id is [%s], was of [%s]; the query has started with an empty journal since, look into the earlier one"
              .formatted(created.id(), row.queryId()));
    }
    if (id.epoch() < 1 || id.epoch() > query.scan().planned()) {
      throw new IllegalArgumentException(
          "epoch must be from 1 to [%d], the last that was planned, was [%d]"
              .formatted(query.scan().planned(), id.epoch()));
    }
    if (id.epoch() <= query.beginsWith()) {
      throw new IllegalArgumentException(
          "epoch must be after [%d], with which the journals of the query's present shards begin, was [%d]; earlier ones were deleted when the number of shards was changed"
              .formatted(query.beginsWith(), id.epoch()));
    }
    if (id.shard() < 0) {
      throw new IllegalArgumentException(
          "shard must be that of a group, was [%d]: no group emitted the row, it was made of one event by the stages between source and sink"
              .formatted(id.shard()));
    }
    int shard = query.requireShard(id.shard());
    String operator = row.operator();
    return operator == null
        ? shard
        : operatorIndex(created, operator) * created.shards() + shard % created.shards();
  }

  private static int operatorIndex(QueryCreated created, String name) {
    List<String> names = created.operators().stream().map(each -> each.name()).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "operator must be one of the query, which has %s, was [%s]".formatted(names, name));
    }
    return index;
  }
}
