package io.vellamo.api.source;

/**
 * The inboxes that a query keeps for its acknowledging sources.
 *
 * @since 0.1
 */
public interface Inboxes {
  /**
   * Opens the inbox of a source, and starts the source's delivery.
   *
   * @param source the source
   * @param context the opening of the source
   * @param <T> the events
   * @return a reader of the inbox
   * @throws Exception if the inbox can't be opened, or the delivery can't be started
   */
  <T> SourceReader<T> open(AcknowledgingSource<T> source, SourceContext context) throws Exception;

  /**
   * Returns the inboxes of a reader without a journal, such as a batch.
   *
   * @return inboxes that refuse each source with a {@link SourceException}
   */
  static Inboxes none() {
    return new Inboxes() {
      @Override
      public <T> SourceReader<T> open(AcknowledgingSource<T> source, SourceContext context) {
        throw new SourceException(
            source.description(),
            "Source [%s] must be read by a query with a journal, which stores its messages; was opened by [%s] without one, start it as a query"
                .formatted(source.description(), context.queryName()),
            null);
      }
    };
  }
}
