/**
 * Kafka topics as sources and sinks.
 *
 * <p>Read first: {@link io.vellamo.kafka.KafkaSource}, {@link io.vellamo.kafka.KafkaSink}, {@link
 * io.vellamo.kafka.KafkaStart}.
 */
@NullMarked
package io.vellamo.kafka;

import org.jspecify.annotations.NullMarked;
