"""The filters and orders that make_golden.py asks MLflow: written by hand, and drawn from the items' values."""

import random

# Where MLflow and we read a filter differently on purpose, parse-filter.test.ts says so; those are not here.
RUN_FILTERS = """
metrics.m > 0.5
metrics.m >= 0.5
metrics.m < 0.5
metrics.m <= 0.5
metrics.m = 0.5
metrics.m != 0.5
metrics.m = 0
metrics.m = -0
metrics.m != 0
metrics.m >= 0
metrics.m < 0
metrics.m > -1.5
metrics.m>-1.6
metrics.m > -1.5e3
metrics.m > .4
metrics.m > 5.
metrics.m > 1e5
metrics.m > 1E-10
metrics.m < 1e-8
metrics.m < 1e999
metrics.m > -1e999
metrics.m > 1e308
metrics.m < -1e308
metrics.m = 123456789.125
metrics.m > 00.4
metric.m > 0.5
`metrics`.m > 0.5
metrics.`m` > 0.5
metrics."m" > 0.5
metrics.'m' > 0.5
metrics.`val/acc` > 0.5
metrics."val/acc" > 0.5
metrics.'val/acc' > 0.5
metrics.`val loss` < 1
metrics."val loss" != 1
metrics.a.b > 0.5
metrics.`a.b` > 0.5
metrics."f1-score" >= 0.9
metrics.`x:y` <= 0.9
metrics.größe > 0
metrics.`größe` > 0
metrics.absent > 0
metrics.absent != 0
metrics.order > 0
metrics.user > 0
metrics.key > 0
metrics.value > 0
metrics.precision > 0
metrics.count > 0
metrics.max > 0
metrics.null > 0
metrics.and > 0
metrics.1a > 0
metrics._a > 0
metrics.M > 0.5
metrics.m > 0.5 AND metrics.m < 1
metrics.m > 0.5 and metrics.a.b > 0 aNd params.lr = '0.1'
metrics.m > 0.1  AND   params.lr != '0.1'
metrics.m > 0.1 AND
AND metrics.m > 0.1
metrics.m > 0.1 AND AND params.lr = '0.1'
metrics.m > 0.1 params.lr = '0.1'
AND
 metrics.m > 0.1
metrics.m > 0.1
metrics.m = '0.5'
metrics.m > nan
metrics.m > inf
metrics.m > +1
metrics.m > - 1
metrics.m > 0x10
metrics.m > metrics.a
metrics.m == 1
metrics.m <> 1
metrics.m => 1
metrics.m ~ 1
metrics.m > = 1
metrics.m ! = 1
metrics.m LIKE 1
metrics.m LIKE '1%'
metrics.m IN (1, 2)
metrics.m NOT IN (1)
metrics.m IN ('1')
metrics.m IS NULL
metrics.m IS NOT NULL
metrics.m BETWEEN 1 AND 2
metrics.m
metrics.m >
> 1
1 < metrics.m
metrics
hello
'hello'
.m > 1
metrics.val/acc > 0.5
metrics.f1-score > 0.5
metrics.x:y > 0.5
metrics.val loss > 0.5
metrics.1 > 1
Metrics.m > 1
METRICS.m > 1
"metrics".m > 1
metrics .m > 1
foo.bar = 'x'
model.x = 'a'
metrics.m > 1 -- c
metrics.m > 1 /* c */
metrics.m > 1 # c
metrics.m > 1;
metrics.m > 1; params.lr = '1'
metrics.m > 1, params.lr = '1'
metrics.m > 1 && params.lr = '1'
metrics.m>1AND params.lr = '1'
metrics.m > 1 AND metrics.m >
params.lr = '0.1'
params.lr='0.1'
params.lr = "0.1"
params.lr != '0.1'
params.lr = ''
params.lr = ""
params.lr LIKE '0.%'
params.lr LIKE '%1'
params.lr LIKE '_'
params.lr LIKE '%'
params.lr LIKE ''
params.lr LIKE '0_1'
params.lr like '1e-3'
params.lr LIKE '%.0%'
params.`model name` = 'Forest'
params."model name" = 'Forest'
params.'model name' = 'Forest'
params.`model name` LIKE 'For%'
params.`model name` LIKE 'for%'
params.`model name` ILIKE 'for%'
params.`model name` iLiKe 'FOREST'
params.`model name` ILIKE '%S_'
params.`model name` LIKE 'x_y'
params.`model name` LIKE 'x\\_y'
params.`model name` != 'Forest'
params.opt.name = 'adam'
params.`opt.name` ILIKE 'adam'
params."opt.name" LIKE '%d%'
params.`depth-max` = '3'
params.`depth-max` != 'None'
params.`p/q` = '100%'
params.`p/q` LIKE '100%'
params.`p/q` LIKE '100%%'
params.`p/q` LIKE '%\\%'
params.`p/q` = "it's"
params.`p/q` LIKE 'it_s'
params.`p/q` LIKE '_'
params.`p/q` LIKE '__'
params.`p/q` LIKE '%_'
params.`p/q` LIKE 'a b'
params.`p/q` LIKE '%a%b%'
params.`p/q` = 'it''s'
params.`p/q` = 'it\\'s'
params.`p/q` != 'a AND b'
params.`p/q` != '(x) OR y'
params.`p/q` != 'a;b'
parameter.lr = '0.1'
parameters.lr = '0.1'
param.lr = '0.1'
params.lr IS NULL
params.lr IS NOT NULL
params.lr is null
params.lr Is Not Null
params.`model name` IS NULL
params."model name" IS NOT NULL
params.absent IS NULL
params.absent IS NOT NULL
params.absent = 'x'
params.absent != 'x'
params.lr IS NULL AND metrics.m > 0
metrics.m > 0 AND params.lr IS NOT NULL AND tags.team = 'a'
params.lr IS 'a'
params.lr IS
params.lr = NULL
params.lr = null
params.lr = 0.1
params.lr = abc
params.lr = `abc`
params.lr = TRUE
params.lr = params.lr
params.lr > '0.1'
params.lr >= '0.1'
params.lr < '0.1'
params.lr IN ('0.1')
params.lr NOT IN ('0.1', '0.01')
params.lr NOT LIKE '0.1'
params.lr not ilike '0.1'
params.lr RLIKE '0.1'
params.lr REGEXP '0.1'
params.lr == '0.1'
params.lr <> '0.1'
params.lr = '0.1' 'x'
params.lr = 'abc
params.lr = "abc
params.lr
tags.team = 'a'
tag.team = 'a'
tags.team != 'a'
tags.team ILIKE 'A'
tags.team LIKE 'A'
tags.team IS NULL
tags.team IS NOT NULL
tags.`kind of` = 'two'
tags."kind of" ILIKE 'TWO'
tags.owner.name = 'Bob'
tags.`owner.name` LIKE 'Ada%'
tags."owner.name" LIKE '%\\%'
tags.`owner.name` LIKE '10%'
tags.mlflow.runName = 'swift-owl-1'
tags.mlflow.runName LIKE 'swift%'
tags.`mlflow.runName` ILIKE 'swift%'
tags.`mlflow.runName` IS NULL
tags.mlflow.user = 'ada'
tags.mlflow.parentRunId IS NULL
tags.note LIKE 'first%'
tags.note LIKE '%second'
tags.note LIKE 'first_second'
tags.note = ''
tags.note = 'back\\slash'
tags.note = 'dou"ble'
tags.note LIKE '%"%'
tags.note = "tick`ed"
tags.absent = 'x'
tags.absent != 'x'
tags.`` = 'x'
tags.team > 'a'
tags.team IN ('a')
tags.team = 1
tags.team = a
tags.mlflow.loggedArtifacts LIKE '%"path"%:%"t.json",%"type"%:%"table"%'
tags.mlflow.loggedArtifacts LIKE '%"path"%:%"u.json",%"type"%:%"table"%'
status = 'FINISHED'
status='FINISHED'
status != 'FINISHED'
status LIKE 'F%'
status ILIKE 'f%'
status = 'finished'
attribute.status = 'FINISHED'
attributes.status = 'RUNNING'
attributes.status = "RUNNING"
attr.status = 'KILLED'
run.status = 'FAILED'
attributes.`status` = 'FAILED'
`status` = 'FAILED'
"status" = 'FAILED'
'status' = 'FAILED'
Status = 'FAILED'
STATUS = 'FAILED'
status IN ('FAILED')
status NOT IN ('FAILED', 'KILLED')
status IS NULL
status > 'A'
status = 1
status = FINISHED
attributes.foo = 'x'
name = 'x'
experiment_id = '1'
lifecycle_stage = 'active'
attributes.user_id = 'ada'
user_id != 'ada'
user_id = ''
user_id ILIKE 'ADA'
artifact_uri LIKE '%artifacts'
attributes.artifact_uri != 'x'
run_name = 'swift-owl-1'
run_name != 'swift-owl-1'
attributes.run_name LIKE 'swift%'
attributes.run_name ILIKE 'SWIFT%'
attributes.`run name` = 'x.y'
attributes."run name" = 'x.y'
attributes."Run name" = 'x.y'
attributes.`Run Name` = 'long name'
"run name" = 'x.y'
`Run name` = 'x.y'
run name = 'x.y'
run_name LIKE 'a_b'
run_name LIKE '100% %'
run_name = "it's me"
run_name LIKE 'été'
run_name = 'ÉTÉ'
run_name LIKE '%t_'
run_name IN ('x.y')
run_name IS NULL
start_time > 1780000005000
start_time >= 1780000005000
start_time = 1780000005000
start_time != 1780000005000
start_time < 1780000005000.5
start_time <= 1.780000005e12
attributes.start_time > 1780000005000
created > 1780000005000
Created > 1780000005000
`Created` <= 1780000005000
attributes.created < 1780000005000
attributes.Created < 1780000005000
start_time > '1780000005000'
start_time LIKE '178%'
start_time IN (1780000005000)
start_time = 'x'
start_time IS NULL
end_time > 1780000005000
end_time != 1780000005000
attributes.end_time <= 1780000005000
end_time IS NULL
run_id = 'RUN0'
run_id != 'RUN0'
attributes.run_id = 'RUN0'
run_id LIKE 'a%'
run_id IN ('RUN0')
run_id IN ('RUN0', 'RUN1', 'RUN2')
run_id in ('RUN0','RUN1',)
run_id IN ("RUN0", "RUN1")
run_id IN('RUN0')
attributes.run_id IN ('RUN0', 'RUN1') AND metrics.m > 0
metrics.m != 0.5 AND attributes.run_id IN ('RUN0', 'RUN1', 'RUN2', 'RUN3', 'RUN4')
tags.mlflow.loggedArtifacts LIKE '%"path"%:%"t.json",%"type"%:%"table"%' and attributes.run_id IN ('RUN0', 'RUN1', 'RUN2')
run_id NOT IN ('RUN0')
run_id not in ('RUN0', 'RUN1') AND metrics.m > 0
run_id NOT  IN ('RUN0')
run_id IN ()
run_id IN (1, 2)
run_id IN ('a', 1)
run_id IN 'a'
run_id IN (a, b)
run_id IN ('a'
run_id NOT 'a'
datasets.name = 'test'
dataset.name = 'test'
datasets.name != 'test'
datasets.name LIKE 't%'
datasets.name ILIKE 'TEST'
datasets.name = 'train set'
datasets.`name` = 'test'
datasets.digest = 'd1'
dataset.digest != 'd1'
datasets.digest IN ('d1', 'd3')
datasets.name NOT IN ('test')
datasets.context = 'training'
datasets.context != 'training'
datasets.context LIKE '%al'
datasets.context IN ('eval', 'training')
datasets.context NOT IN ('eval')
datasets.name = 'test' AND datasets.digest = 'd1'
datasets.name = 'test' AND datasets.context = 'training' AND metrics.m > 0
datasets.foo = 'x'
datasets.name > 'a'
datasets.name = 1
datasets.name IS NULL
datasets.name IN (1)
"""

EXPERIMENT_FILTERS = """
name = 'iris'
name != 'iris'
name LIKE 'iris%'
name ILIKE 'IRIS%'
name LIKE 'iris_2'
name LIKE '100%'
name = "it's"
attribute.name = 'iris'
attributes.name = 'iris'
attr.name = 'iris'
run.name = 'iris'
`name` = 'iris'
"name" = 'iris'
name IN ('iris')
name > 'a'
name = 1
name = iris
Name = 'iris'
name IS NULL
experiment_id = '1'
experiment_id = '01'
experiment_id != '1'
experiment_id IN ('1', '2')
experiment_id NOT IN ('1', '2')
experiment_id = 1
experiment_id > '1'
experiment_id LIKE '1'
experiment_id = 'x'
experiment_id IN ('x')
creation_time > TIME4
creation_time >= TIME4
creation_time != TIME4
creation_time < TIME4
creation_time > 1.5
creation_time > '1'
creation_time LIKE '1'
last_update_time > TIME4
last_update_time <= TIME4
lifecycle_stage = 'active'
tags.team = 'vision'
tag.team = 'vision'
tags.team != 'vision'
tags.team ILIKE 'VISION'
tags.team LIKE 'vi%'
tags.team = ''
tags.`kind of` = 'A b'
tags."kind of" LIKE 'A%'
tags.owner.name = 'Ada'
tags.team IS NULL
tags.team IS NOT NULL
tags.team is not null AND name LIKE '%i%'
tags.absent != 'x'
tags.team > 'a'
tags.team IN ('a')
tags.team = 1
metrics.m > 1
params.m = 'x'
name = 'iris' AND tags.team = 'vision'
name
name = 'iris' foo
tags.mlflow.note.content LIKE 'first%'
"""

REGISTERED_MODEL_FILTERS = """
name = 'iris'
name != 'iris'
name LIKE 'iris%'
name ILIKE 'iris%'
name LIKE 'iris_x'
name IN ('iris', 'Zoo')
name NOT IN ('iris')
name in ('iris')
attribute.name = 'iris'
attributes.name = 'iris'
tags.team = 'a'
tag.team = 'a'
tags.team != 'a'
tags.team ILIKE 'A'
tags.team LIKE '%'
tags.team = ''
tags.`kind of` = 'one'
tags."kind of" != 'two'
tags.owner.name = 'Ada'
tags.team = 'b' AND tags.`kind of` = 'one'
tags.absent != 'x'
tags.team != 'b' AND tags.team != 'a'
tags.`mlflow.prompt.is_prompt` = 'true'
tag.`mlflow.prompt.is_prompt` != 'true'
tags.`mlflow.prompt.is_prompt` = 'false'
tags.`mlflow.prompt.is_prompt` != 'false'
tags.mlflow.prompt.is_prompt = 'True'
tags.`mlflow.prompt.is_prompt` LIKE 'true'
name LIKE '%e%' AND tag.`mlflow.prompt.is_prompt` != 'true'
tags.team = 'a' AND tag.`mlflow.prompt.is_prompt` != 'true'
tags.team = 'a' AND tag.`mlflow.prompt.is_prompt` = 'true'
name = 'greeting'
tags.team IS NULL
name IS NOT NULL
name > 'a'
name = 1
name IN (1)
name IN ()
tags.team > 'a'
tags.team IN ('a')
tags.team = 1
creation_timestamp > 1
last_updated_timestamp > 1
run_id = 'x'
metrics.m > 1
params.m = 'x'
name
name = iris
"""

MODEL_VERSION_FILTERS = """
name = 'iris'
name='iris'
name != 'iris'
name LIKE 'iris%'
name ILIKE 'IRIS'
name IN ('iris', 'Zoo')
name NOT IN ('iris')
attribute.name = 'iris'
attributes.name = 'iris'
run_id = 'run0'
run_id != 'run0'
run_id LIKE 'run%'
run_id IN ('run0', 'run2')
run_id NOT IN ('run0')
source_path = '/models/iris/0'
source_path LIKE '/models/iris%'
source_path IN ('/models/iris/0')
version_number = 1
version_number = '1'
version_number != 1
version_number > 1
version_number >= '2'
version_number < 2.5
version_number <= 2
version_number = 'x'
version_number LIKE '1'
version_number IN ('1')
version_number IN (1)
name = 'iris' AND version_number = 2
name = 'iris' AND tags.number = '1'
tags.team = 'a'
tag.team ILIKE 'A'
tags.team != 'a'
tags.number LIKE '_'
tags.`kind of` = 'one'
tags.absent != 'x'
tags.`mlflow.prompt.is_prompt` = 'true'
tag.`mlflow.prompt.is_prompt` != 'true'
tags.`mlflow.prompt.is_prompt` != 'false'
name = 'greeting'
name = 'greeting' AND tags.`mlflow.prompt.is_prompt` = 'true'
name = 1
tags.team IS NULL
tags.team > 'a'
tags.team = 1
source = 'x'
version = 1
current_stage = 'None'
creation_timestamp > 1
last_updated_timestamp > 1
aliases = 'x'
metrics.m > 1
name = iris
"""

LOGGED_MODEL_FILTERS = """
name = 'forest'
name='t.json'
name != 'forest'
name LIKE 'f%'
name ILIKE 'f%'
name LIKE 'x_y'
name IN ('forest', 'svm')
name IN ('forest')
name NOT IN ('forest')
attributes.name = 'forest'
name > 'a'
model_id = 'MODEL0'
model_id IN ('MODEL0', 'MODEL1')
model_id != 'MODEL0'
model_type = 'sklearn'
model_type != 'sklearn'
model_type ILIKE 'SKLEARN'
model_type NOT IN ('sklearn')
source_run_id LIKE '%'
source_run_id != 'x'
status = 'READY'
status != 'READY'
status = 'PENDING'
status IN ('READY', 'FAILED')
status NOT IN ('READY')
status = 'ready'
status LIKE 'R%'
status > 'A'
creation_timestamp > TIME4
creation_time > TIME4
creation_timestamp >= TIME4
last_updated_timestamp <= TIME4
creation_timestamp != TIME4
attributes.creation_timestamp > TIME4
creation_timestamp = 1.5
creation_timestamp LIKE '1'
creation_timestamp > '1'
metrics.acc > 0.4
metrics.acc >= 0.5
metrics.acc = 0.5
metrics.acc != 0.5
metrics.acc < 0.5
metrics.acc <= -1.5
metrics.acc = 0
metrics.acc > 1e308
metrics.`val loss` > 0
metrics.`val loss` > 0 AND metrics.acc > 0
metrics.absent > 0
metrics.absent != 0
metrics.acc > 'x'
metrics.acc LIKE 1
metrics.acc IN (1)
metrics.acc IS NULL
params.lr = '0.1'
params.lr = 0.1
params.lr != '0.1'
params.lr LIKE '0.%'
params.lr IN ('0.1', '10')
params.lr NOT IN ('0.1')
params.`opt.name` = 'deep'
params.opt.name = 'deep'
params.lr = deep
params.lr > '0.1'
params.lr IS NULL
tags.team = 'a'
tags.team != 'a'
tags.team ILIKE 'A'
tags.`kind of` = 'b'
tags.absent != 'x'
tags.team IS NOT NULL
tags.team = 'a' AND params.lr = '0.1' AND metrics.acc > -2
tag.team = 'a'
param.lr = '0.1'
metric.acc > 0
parameters.lr = 'x'
datasets.name = 'train'
foo = 'x'
attributes.foo = 'x'
foo.bar = 'x'
name
name = 'forest'; name = 'svm'
name = 'forest' AND
name = 'forest' name != 'svm'
"""

RUN_ORDERS = [
    ["metrics.m"],
    ["metrics.m ASC"],
    ["metrics.m DESC"],
    ["metrics.`val/acc` DESC", "metrics.m"],
    ['metrics."val loss" desc'],
    ["metrics.'a.b' desc"],
    ["metrics.absent DESC"],
    ["metrics.1 DESC"],
    ["`metrics.val loss` DESC"],
    ['"metrics.val loss" DESC'],
    ["metrics.größe"],
    ["params.lr"],
    ["params.lr DESC"],
    ["params.`p/q`"],
    ["params.`p/q` DESC", "params.lr"],
    ["param.`model name`", "parameter.lr", "metrics.m desc"],
    ["tags.team"],
    ["tags.team DESC", "tags.`owner.name`"],
    ["tags.mlflow.runName"],
    ["tags.`mlflow.runName` DESC"],
    ["start_time"],
    ["start_time DESC"],
    ["attributes.start_time ASC"],
    ["created"],
    ["Created DESC"],
    ["`Created`"],
    ["attributes.Created"],
    ["end_time"],
    ["end_time DESC"],
    ["status", "end_time DESC"],
    ["attr.status DESC"],
    ["run.user_id"],
    ["run_id"],
    ["run_id DESC"],
    ["run_name"],
    ["attributes.run_name DESC"],
    ["artifact_uri DESC"],
    ["metrics.m", "metrics.m DESC"],
    ["metrics.m", "metric.m"],
    ["start_time", "created"],
    ["metrics.m", "params.m"],
    ["dataset.name"],
    ["foo"],
    ["foo.bar"],
    ["experiment_id"],
    ["`run name`"],
    ["Metrics.m"],
    ["metrics.m up"],
    ["metrics.m DESC NULLS LAST"],
    ["metrics.m, params.lr"],
    ["metrics.val/acc"],
    ["metrics.val loss"],
    ["metrics.val loss desc"],
    ["DESC"],
    [""],
    ["metrics.m = 1"],
    ["metrics.m;"],
    ["timestamp"],
    ['"metrics.m"'],
]

EXPERIMENT_ORDERS = [
    ["name"],
    ["name DESC"],
    ["experiment_id"],
    ["experiment_id DESC"],
    ["creation_time"],
    ["creation_time DESC"],
    ["last_update_time DESC"],
    ["attribute.name"],
    ["attributes.last_update_time", "name DESC"],
    ["name", "name DESC"],
    ["tags.team"],
    ["metrics.m"],
    ["attr.name"],
    ["foo"],
    ["name up"],
]

REGISTERED_MODEL_ORDERS = [
    ["name"],
    ["name DESC"],
    ["timestamp"],
    ["timestamp DESC"],
    ["last_updated_timestamp DESC"],
    ["last_updated_timestamp ASC", "name DESC"],
    ["timestamp", "last_updated_timestamp"],
    ["name", "name"],
    ["creation_timestamp"],
    ["attribute.name"],
    ["tags.team"],
    ["foo"],
]

MODEL_VERSION_ORDERS = [
    ["name"],
    ["name DESC"],
    ["version_number"],
    ["version_number DESC", "name"],
    ["creation_timestamp"],
    ["creation_timestamp DESC"],
    ["last_updated_timestamp"],
    ["attribute.version_number ASC", "attributes.name DESC"],
    ["name", "name"],
    ["version"],
    ["run_id"],
    ["foo"],
]

LOGGED_MODEL_ORDERS = [
    [{"field_name": "metrics.acc"}],
    [{"field_name": "metrics.acc", "ascending": False}],
    [{"field_name": "metrics.val loss", "ascending": False}],
    [{"field_name": "metrics.acc", "dataset_name": "train"}],
    [{"field_name": "metrics.acc", "ascending": False, "dataset_name": "train", "dataset_digest": "d2"}],
    [{"field_name": "metrics.acc", "dataset_name": "absent"}],
    [{"field_name": "name"}, {"field_name": "metrics.acc"}],
    [{"field_name": "name", "ascending": False}, {"field_name": "model_id", "ascending": False}],
    [{"field_name": "model_id"}],
    [{"field_name": "model_type"}],
    [{"field_name": "model_type", "ascending": False}],
    [{"field_name": "source_run_id"}],
    [{"field_name": "status"}],
    [{"field_name": "status", "ascending": False}],
    [{"field_name": "creation_timestamp"}],
    [{"field_name": "creation_time"}],
    [{"field_name": "last_updated_timestamp", "ascending": False}],
    [{"field_name": "foo"}],
    [{"field_name": "params.lr"}],
    [{"field_name": "metric.acc"}],
]

DATASETS = [
    [{"dataset_name": "train"}],
    [{"dataset_name": "train", "dataset_digest": "d1"}],
    [{"dataset_name": "train", "dataset_digest": "d2"}, {"dataset_name": "test"}],
    [{"dataset_name": "absent"}],
]


def lines(text):
    return [line for line in text.split("\n") if line]


def drawn_runs(items, count):
    """Filters of one to four conditions over values that runs have, with an order."""
    chance = random.Random(4)
    quote = lambda text: f"'{text}'" if "'" not in text else f'"{text}"'

    def condition():
        item = chance.choice(items)
        kind = chance.choice(["metrics", "metrics", "params", "params", "tags", "attributes", "datasets"])
        if kind == "metrics":
            key = chance.choice(["m", "val/acc", "val loss", "a.b", "f1-score"])
            value = chance.choice([-1.5, 0, 0.5, 0.9, 1, 1e-9])
            return f"metrics.`{key}` {chance.choice(['>', '>=', '<', '<=', '=', '!='])} {value}"
        if kind == "attributes":
            if chance.random() < 0.5:
                key = chance.choice(["start_time", "end_time"])
                value = item["attributes"]["start_time"]
                return f"attributes.{key} {chance.choice(['>', '>=', '<', '<=', '=', '!='])} {value}"
            key = chance.choice(["status", "user_id", "run_name"])
            return f"attributes.{key} {chance.choice(['=', '!='])} {quote(item['attributes'].get(key, ''))}"
        if kind == "datasets":
            value = chance.choice(["train set", "test", "Test"])
            return f"datasets.name {chance.choice(['=', '!=', 'LIKE', 'ILIKE'])} '{value}'"
        key = chance.choice(["lr", "model name", "opt.name"] if kind == "params" else ["team", "kind of", "owner.name"])
        operator = chance.choice(["=", "!=", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL"])
        if operator.startswith("IS"):
            return f"{kind}.`{key}` {operator}"
        value = item[kind].get(key, "x")
        if "LIKE" in operator and value:
            at = chance.randrange(len(value))
            value = chance.choice([value[:at] + "%", "%" + value[at:], value[:at] + "_" + value[at + 1 :]])
        return f"{kind}.`{key}` {operator} {quote(value)}"

    good = [order for order in RUN_ORDERS[:36]]
    for _ in range(count):
        text = " AND ".join(condition() for _ in range(chance.choice([1, 1, 2, 2, 3, 4])))
        yield text, chance.choice([[], chance.choice(good)])


def runs(items):
    identity = [item["id"] for item in items]
    for line in lines(RUN_FILTERS):
        for number in range(5):
            line = line.replace(f"RUN{number}", identity[number * 7])
        yield line, []
    for order in RUN_ORDERS:
        yield "", order
    yield from drawn_runs(items, 200)


def experiments(items):
    time = sorted(item["attributes"]["creation_time"] for item in items)[4]
    yield from ((line.replace("TIME4", str(time)), []) for line in lines(EXPERIMENT_FILTERS))
    yield from (("", order) for order in [[], *EXPERIMENT_ORDERS])


def registered_models(items):
    yield from ((line, []) for line in lines(REGISTERED_MODEL_FILTERS))
    yield from (("", order) for order in [[], *REGISTERED_MODEL_ORDERS])


def model_versions(items):
    yield from ((line, []) for line in lines(MODEL_VERSION_FILTERS))
    yield from (("", order) for order in [[], *MODEL_VERSION_ORDERS])


def logged_models(items):
    time = sorted(item["attributes"]["creation_timestamp"] for item in items)[4]
    for line in lines(LOGGED_MODEL_FILTERS):
        for number in range(2):
            line = line.replace(f"MODEL{number}", items[number * 7]["id"])
        yield line.replace("TIME4", str(time)), [], None
    yield from (("", order, None) for order in [[], *LOGGED_MODEL_ORDERS])
    for datasets in DATASETS:
        for text in ["", "metrics.acc > 0.4", "metrics.acc != 0.5", "name = 'forest'"]:
            for order in [[], *LOGGED_MODEL_ORDERS[:6]]:
                yield text, order, datasets
