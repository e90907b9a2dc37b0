-- The marts count every answer that has come.
select *
from (select sum(n) as counted from {{ ref('nps_by_month') }}) as c
where counted is distinct from (select count(recommend) from {{ source('landing', 'responses') }})
