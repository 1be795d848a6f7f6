package io.vellamo.cluster.message;

/**
 * A message between nodes: a value with a {@link MessageForm}.
 *
 * <p>It is at most a few kilobytes, or holds one chunk of at most 128 KiB: Pekko drops larger
 * messages without telling the sender.
 */
public interface ClusterMessage {}
