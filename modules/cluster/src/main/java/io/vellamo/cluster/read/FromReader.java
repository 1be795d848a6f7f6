package io.vellamo.cluster.read;

import io.vellamo.cluster.chunk.Chunk;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.message.ClusterMessage;
import io.vellamo.engine.protocol.query.Problem;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** A message of a reader to a coordinator. It may be lost, and may arrive twice. */
public sealed interface FromReader extends ReadLinkMessage, ClusterMessage {
  /** Returns the share that was to be read. */
  ShareId share();

  /**
   * A share has been read.
   *
   * @param share the share
   * @param holder gives the chunks of its events and of the report
   * @param held identifies the share in requests for them
   * @param chunks the number of chunks of each shard that has events
   * @param reportChunks the number of chunks of the report
   * @param report the first chunk of the report
   */
  record Read(
      ShareId share,
      ActorRef<GiveInput> holder,
      long held,
      Map<Integer, Integer> chunks,
      int reportChunks,
      Chunk report)
      implements FromReader {
    /** Copies the map. */
    public Read {
      chunks = Map.copyOf(chunks);
    }
  }

  /**
   * A share can't be read.
   *
   * @param share the share
   * @param problem why
   */
  record Failed(ShareId share, Problem problem) implements FromReader {}
}
