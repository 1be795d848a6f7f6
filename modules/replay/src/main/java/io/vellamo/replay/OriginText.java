package io.vellamo.replay;

import io.vellamo.api.process.TimeDomain;
import io.vellamo.replay.RowOrigin.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The origin of a row in sentences. */
record OriginText(EpochOutline epoch, Events events, List<DueTime> due) {
  private static final int DUE_TIMES = 5;

  static final String SWITCH_ON =
      "To see the events of later epochs, set vellamo.journal.record-inputs to on and vellamo.journal.history to all, and start the query again.";

  List<String> sentences(@Nullable GroupView before, GroupEpoch effect) {
    List<String> sentences = new ArrayList<>();
    ParkedView parked = before == null ? null : before.parked();
    if (parked != null) {
      // A parked group emits rows only if it is called again.
      sentences.add(
          "The group was parked since epoch %d, and was called again with %s pending."
              .formatted(parked.sinceEpoch(), count(parked.events().size())));
    }
    if (parked == null || events != Events.NONE) {
      sentences.add(events(effect));
    }
    due.stream().limit(DUE_TIMES).map(this::sentence).forEach(sentences::add);
    if (due.size() > DUE_TIMES) {
      sentences.add("%d more times were due.".formatted(due.size() - DUE_TIMES));
    }
    if (events == Events.NOT_RECORDED) {
      sentences.add(SWITCH_ON);
    }
    return sentences;
  }

  private String events(GroupEpoch effect) {
    return switch (events) {
      case RECORDED ->
          "Epoch %d called the group with %s."
              .formatted(
                  epoch.epoch(), count(effect.inputs() == null ? 0 : effect.inputs().size()));
      case NONE -> "The group had no events in epoch %d.".formatted(epoch.epoch());
      case NOT_RECORDED ->
          "The events of epoch %d are not in the journal%s."
              .formatted(
                  epoch.epoch(),
                  epoch.events() == null
                      ? ""
                      : "; it had %s, of all groups".formatted(count(epoch.events().input())));
    };
  }

  private String sentence(DueTime time) {
    String moved = time.clock() == TimeDomain.EVENT_TIME ? watermark() : processingTime();
    return switch (time.kind()) {
      case TIMEOUT -> "%s past %s, the group's timeout.".formatted(moved, time.time());
      case WINDOW_END ->
          "%s past %s, the end of the first open window.".formatted(moved, time.time());
      case TIMER ->
          "%s past %s, the time of timer [%s]%s."
              .formatted(
                  moved,
                  time.time(),
                  time.timer(),
                  time.tag() == null ? "" : " with tag [%s]".formatted(time.tag().asText()));
    };
  }

  private String watermark() {
    if (epoch.watermark() == null) {
      return "The watermark moved";
    }
    return epoch.watermarkBefore() == null
        ? "The watermark moved to %s,".formatted(text(epoch.watermark()))
        : "The watermark moved from %s to %s,"
            .formatted(text(epoch.watermarkBefore()), text(epoch.watermark()));
  }

  private String processingTime() {
    return epoch.processingTime() == null
        ? "Processing time moved"
        : "Processing time moved to %s,".formatted(epoch.processingTime());
  }

  private static String text(Instant watermark) {
    return watermark.toEpochMilli() == Long.MAX_VALUE ? "end of time" : watermark.toString();
  }

  private static String count(long count) {
    return count == 1 ? "1 event" : count + " events";
  }
}
