package io.vellamo.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * The feeds of a harness, by name.
 *
 * @param <T> the events of all feeds
 */
final class HarnessFeeds<T> {
  private final List<HarnessFeed<T>> feeds;

  HarnessFeeds(List<HarnessFeed<T>> feeds) {
    this.feeds = List.copyOf(feeds);
    List<String> names = new ArrayList<>();
    for (HarnessFeed<T> feed : feeds) {
      if (names.contains(feed.name())) {
        throw new IllegalArgumentException(
            "names of feeds must differ, found [%s] twice".formatted(feed.name()));
      }
      names.add(feed.name());
    }
  }

  /** Returns the only feed, which needs no name. */
  HarnessFeed<T> only() {
    if (feeds.size() != 1) {
      throw new IllegalStateException(
          "add(events) needs exactly one feed, found %s; use addTo(feed, events)"
              .formatted(names()));
    }
    return feeds.get(0);
  }

  HarnessFeed<T> named(String name) {
    for (HarnessFeed<T> feed : feeds) {
      if (feed.name().equals(name)) {
        return feed;
      }
    }
    throw new IllegalArgumentException("feed must be one of %s, was [%s]".formatted(names(), name));
  }

  private List<String> names() {
    return feeds.stream().map(HarnessFeed::name).toList();
  }
}
