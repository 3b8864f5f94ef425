-- How often what happened: counted in the transaction that writes the audit row, so that reports need not read the log.
CREATE TABLE usage (
    -- Hours since the Unix epoch, UTC.
    hour INTEGER NOT NULL,
    activity TEXT NOT NULL,
    -- Empty where no method took part.
    method TEXT NOT NULL,
    result TEXT NOT NULL,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (hour, activity, method, result, reason)
) STRICT;
INSERT INTO usage (hour, activity, method, result, reason, count)
SELECT at / 3600000000, activity, COALESCE(json_extract(details, '$.method'), ''), result, reason, COUNT(*)
FROM audit WHERE service IN ('Self-service Password Management', 'Authentication Methods')
GROUP BY 1, 2, 3, 4, 5;
