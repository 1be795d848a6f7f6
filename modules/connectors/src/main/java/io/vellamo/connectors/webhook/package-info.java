/**
 * A sink that sends rows to an HTTP endpoint as JSON.
 *
 * <p>Start with {@link io.vellamo.connectors.webhook.Webhook}, {@link
 * io.vellamo.connectors.webhook.WebhookSink}, {@link io.vellamo.connectors.webhook.RejectedRow}.
 */
@NullMarked
package io.vellamo.connectors.webhook;

import org.jspecify.annotations.NullMarked;
