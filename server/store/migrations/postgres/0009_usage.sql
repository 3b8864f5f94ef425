-- How often what happened: counted in the transaction that writes the audit row, so that reports need not read the log.
CREATE TABLE usage (
    -- Hours since the Unix epoch, UTC.
    hour BIGINT NOT NULL,
    activity TEXT NOT NULL,
    -- Empty where no method took part.
    method TEXT NOT NULL,
    result TEXT NOT NULL,
    reason TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (hour, activity, method, result, reason)
);
INSERT INTO usage (hour, activity, method, result, reason, count)
SELECT at / 3600000000, activity, COALESCE(details::jsonb ->> 'method', ''), result, reason, COUNT(*)
FROM audit WHERE service IN ('Self-service Password Management', 'Authentication Methods')
GROUP BY 1, 2, 3, 4, 5;
