/**
 * The events of the NEXMark benchmark: persons, auctions and bids of an auction house.
 *
 * <p>Read first: {@link io.vellamo.benchmarks.nexmark.NexmarkEvent}, {@link
 * io.vellamo.benchmarks.nexmark.NexmarkGenerator}.
 */
@NullMarked
package io.vellamo.benchmarks.nexmark;

import org.jspecify.annotations.NullMarked;
